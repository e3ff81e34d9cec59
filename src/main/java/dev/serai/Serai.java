package dev.serai;

import org.apache.camel.component.platform.http.springboot.SpringBootPlatformHttpAutoConfiguration;
import org.apache.camel.component.platform.http.springboot.SpringBootPlatformWebMvcConfiguration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.actuate.autoconfigure.observation.web.servlet.WebMvcObservationAutoConfiguration;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.web.servlet.HttpEncodingAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.MultipartAutoConfiguration;

/** The gateway's entry point: {@code java -jar serai.jar}, or {@code mvn spring-boot:run}. */
@SpringBootApplication(
        exclude = {
            // the gateway serves platform-http with an engine of its own
            SpringBootPlatformHttpAutoConfiguration.class,
            SpringBootPlatformWebMvcConfiguration.class,
            // … behind a plain servlet: what Spring MVC puts in front of a call costs time and serves nobody (see also
            // application.yaml and InboundConfiguration); its dispatcher is there for the management port
            WebMvcObservationAutoConfiguration.class,
            HttpEncodingAutoConfiguration.class,
            MultipartAutoConfiguration.class
        })
public class Serai {

    public static void main(String[] args) {
        SpringApplication.run(Serai.class, args);
    }
}
