package dev.serai.tokens;

import dev.serai.call.Answer;
import dev.serai.call.Call;
import dev.serai.json.Json;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Answers how many tokens a request has: as its provider says, else by the gateway's own count, marked as an estimate.
 * Nothing is charged.
 */
final class CountTokens implements Processor {

    private final ProviderCount provider;
    private final RequestTokens own;

    CountTokens(ProviderCount provider, RequestTokens own) {
        this.provider = provider;
        this.own = own;
    }

    @Override
    public void process(Exchange exchange) {
        var call = Call.of(exchange);
        var shape = CountShape.of(call.envelope().protocol());
        var told = provider.ask(call, shape);
        if (told.isPresent()) {
            var asked = call.running().candidate().provider();
            call.header("x-gateway-provider", asked.kind());
            call.header("x-gateway-model", asked.model());
        } else {
            call.header("x-gateway-usage", "estimated");
        }
        byte[] answer = told.orElseGet(() -> Json.bytes(shape.of(own.of(call.request()))));
        call.answer(new Answer.Whole(200, "application/json", answer));
    }
}
