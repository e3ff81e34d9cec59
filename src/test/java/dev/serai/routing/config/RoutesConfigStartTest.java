package dev.serai.routing.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class RoutesConfigStartTest {

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withUserConfiguration(RoutesConfigBeans.class);

    @Test
    void storeIsABean() {
        runner.withPropertyValues("ROUTES_CONFIG=mine: [{provider: simulator}]")
                .run(context -> assertThat(context.getBean(RoutesConfigStore.class)
                                .current()
                                .resolve("MINE"))
                        .isPresent());
    }

    @Test
    void invalidConfigurationRefusesTheStartWithTheReportAlone(CapturedOutput output) {
        var application = new SpringApplicationBuilder(RoutesConfigBeans.class).web(WebApplicationType.NONE);
        assertThat(catchFailure(() -> application.run("--ROUTES_CONFIG=a: []", "--spring.main.banner-mode=off")))
                .hasRootCauseInstanceOf(RoutesConfigException.class);
        assertThat(output.getAll())
                .contains("APPLICATION FAILED TO START")
                .contains("line 1, a: must be a list of at least one provider, but is empty")
                .contains("docs/routes-config.md")
                .doesNotContain("\tat ");
    }

    private static Throwable catchFailure(Runnable start) {
        try {
            start.run();
        } catch (RuntimeException e) {
            return e;
        }
        throw new AssertionError("the start was not refused");
    }
}
