package dev.serai.proof.toy;

import dev.serai.protocol.Protocol;
import org.apache.camel.Processor;
import org.springframework.context.annotation.Bean;

/** What the toy routes name. Without an annotation of Spring's, so that no other test's gateway finds it. */
public final class ToyBeans {

    @Bean
    Protocol toyProtocol() {
        return new ToyProtocol();
    }

    @Bean
    Processor toyModel() {
        return new ToyModel();
    }

    @Bean
    Processor politeness() {
        return new PolitenessPolicy();
    }
}
