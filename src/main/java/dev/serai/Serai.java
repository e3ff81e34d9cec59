package dev.serai;

import dev.serai.imports.ImportCommand;
import dev.serai.secret.Sealer;
import org.apache.camel.component.platform.http.springboot.SpringBootPlatformHttpAutoConfiguration;
import org.apache.camel.component.platform.http.springboot.SpringBootPlatformWebMvcConfiguration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.actuate.autoconfigure.observation.web.servlet.WebMvcObservationAutoConfiguration;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.web.servlet.HttpEncodingAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.MultipartAutoConfiguration;

/**
 * The gateway's entry point: {@code java -jar serai.jar}, or {@code mvn spring-boot:run}. With a command behind it, it does
 * that and ends: {@code import …}, {@code new-seal-keyset}.
 */
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
        String command = args.length == 0 ? "" : args[0];
        switch (command) {
            case ImportCommand.NAME -> System.exit(new ImportCommand(System.out, System.err).run(args));
            case "new-seal-keyset" -> System.out.println(Sealer.newKeyset());
            default -> SpringApplication.run(Serai.class, args);
        }
    }
}
