package dev.serai.proof.toy;

import dev.serai.call.Call;
import dev.serai.message.Failure;
import dev.serai.message.FailureClass;
import dev.serai.message.Kind;
import dev.serai.message.Part;
import dev.serai.message.Refusal;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Refuses a request that does not say please, whatever protocol it came in. */
final class PolitenessPolicy implements Processor {

    @Override
    public void process(Exchange exchange) {
        boolean polite = Call.of(exchange).request().messages().stream()
                .flatMap(message -> message.parts().stream())
                .anyMatch(part -> part instanceof Part.Text text && text.text().contains("please"));
        if (!polite) {
            throw new Refusal(Failure.of(Kind.PERMISSION, FailureClass.CLIENT, "Say please."));
        }
    }
}
