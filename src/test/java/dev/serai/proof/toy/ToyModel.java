package dev.serai.proof.toy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.json.Json;
import dev.serai.testkit.Scripts;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** An upstream on the contract of {@code provider: camel}: says what it was asked, backwards. */
final class ToyModel implements Processor {

    @Override
    public void process(Exchange exchange) throws IOException {
        byte[] body = exchange.getMessage().getBody(byte[].class);
        JsonNode request = Json.tree(body, 0, body.length);
        String said = request.path("messages").path(0).path("content").asText();
        String answer = new StringBuilder(said).reverse().toString();
        exchange.getMessage()
                .setBody(
                        request.path("stream").asBoolean()
                                ? new ByteArrayInputStream(String.join("", Scripts.events(answer.split("(?<=\\s)")))
                                        .getBytes(StandardCharsets.UTF_8))
                                : Scripts.completion(answer));
    }
}
