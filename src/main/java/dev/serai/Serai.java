package dev.serai;

import org.apache.camel.component.platform.http.springboot.SpringBootPlatformHttpAutoConfiguration;
import org.apache.camel.component.platform.http.springboot.SpringBootPlatformWebMvcConfiguration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** The gateway's entry point: {@code java -jar serai.jar}, or {@code mvn spring-boot:run}. */
@SpringBootApplication(
        exclude = {
            // the gateway serves platform-http with an engine of its own
            SpringBootPlatformHttpAutoConfiguration.class,
            SpringBootPlatformWebMvcConfiguration.class
        })
public class Serai {

    public static void main(String[] args) {
        SpringApplication.run(Serai.class, args);
    }
}
