package dev.serai.transcript;

import dev.serai.call.Answer;
import dev.serai.call.Call;
import dev.serai.json.Json;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import dev.serai.message.Refusal;
import org.apache.camel.Processor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The steps of the routes that show, list and delete what is kept. A key sees what was kept for it and nothing else. */
@Configuration(proxyBeanMethods = false)
class TranscriptSteps {

    private final Transcripts transcripts;

    TranscriptSteps(Transcripts transcripts) {
        this.transcripts = transcripts;
    }

    @Bean
    Processor showResponse() {
        return exchange -> {
            var call = Call.of(exchange);
            var transcript = find(call);
            if (call.client().query("stream").contains("true")) {
                throw Refusal.invalid("stream", "Only a response created with background=true can be streamed again.");
            }
            call.answer(new Answer.Whole(200, "application/json", transcript.response()));
        };
    }

    @Bean
    Processor deleteResponse() {
        return exchange -> {
            var call = Call.of(exchange);
            if (!transcripts.delete(call.key().id(), id(call))) {
                throw unknown(id(call));
            }
            exchange.getMessage()
                    .setBody(Json.object()
                            .put("id", id(call))
                            .put("object", "response")
                            .put("deleted", true));
        };
    }

    @Bean
    Processor listInputItems() {
        return exchange -> {
            var call = Call.of(exchange);
            var page = InputItemPage.asked(call.client());
            exchange.getMessage().setBody(page.of(ListedItems.of(find(call))));
        };
    }

    /** Nothing runs in the background here. */
    @Bean
    Processor cancelResponse() {
        return exchange -> {
            find(Call.of(exchange));
            throw new Refusal(Kind.INVALID_REQUEST, "Only a response created with background=true can be cancelled.");
        };
    }

    /** For a path that would otherwise be taken for a response's. */
    @Bean
    Processor nothingHere() {
        return exchange -> {
            throw new Refusal(Kind.NOT_FOUND, "There is nothing at this path.");
        };
    }

    private Transcript find(Call call) {
        return transcripts.find(call.key().id(), id(call)).orElseThrow(() -> unknown(id(call)));
    }

    private static String id(Call call) {
        return call.client().pathVariables().getOrDefault("id", "");
    }

    private static Refusal unknown(String id) {
        String shown = id.length() <= 128 ? id : id.substring(0, 128) + "…";
        return new Refusal(
                Failure.of(Kind.NOT_FOUND, FailureClass.CLIENT, "Response with id '" + shown + "' not found."));
    }
}
