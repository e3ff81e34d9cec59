package dev.serai.admin;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.call.Answer;
import dev.serai.call.Call;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;

/** What the gateway tells about itself: the steps of {@code routes/inbound/docs}. */
@Configuration(proxyBeanMethods = false)
class DocsConfiguration {

    private static final String POLICY =
            "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none';" + " frame-ancestors 'none'";

    @Bean
    Processor openApi(ApiDescription description, ObjectMapper json) {
        return exchange -> answer(exchange, "application/json", json.writeValueAsBytes(description.document()));
    }

    @Bean
    Processor docsPage(ApiDescription description) {
        return exchange -> {
            byte[] page = DocsPage.of(description.document()).getBytes(StandardCharsets.UTF_8);
            Call.of(exchange).header("content-security-policy", POLICY);
            Call.of(exchange).header("referrer-policy", "no-referrer");
            answer(exchange, "text/html;charset=utf-8", page);
        };
    }

    @Bean
    Processor docsStyle() throws IOException {
        byte[] style = new ClassPathResource("openapi/style.css").getContentAsByteArray();
        return exchange -> answer(exchange, "text/css;charset=utf-8", style);
    }

    /** The front page as glm-proxy had it. */
    @Bean
    Processor tellEndpoints(GatewayVersion version, ObjectMapper json) {
        var endpoints = new LinkedHashMap<String, String>();
        endpoints.put("health", "/health");
        endpoints.put("stats", "/stats");
        endpoints.put("openai_compatible", "/v1/*");
        endpoints.put("anthropic_compatible", "/v1/messages");
        endpoints.put("gemini_compatible", "/v1beta/models/*");
        endpoints.put("admin", "/admin/api-keys");
        endpoints.put("docs", "/docs");
        var answer = new LinkedHashMap<String, Object>();
        answer.put("name", "Serai");
        answer.put("version", version.text());
        answer.put("endpoints", endpoints);
        return exchange -> answer(exchange, "application/json", json.writeValueAsBytes(answer));
    }

    private static void answer(Exchange exchange, String type, byte[] body) {
        var call = Call.of(exchange);
        call.header("x-content-type-options", "nosniff");
        call.answer(new Answer.Whole(200, type, body));
    }
}
