package dev.serai.routing.config;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells a refused start by the report alone, without a stack trace. */
public final class RoutesConfigFailureAnalyzer extends AbstractFailureAnalyzer<RoutesConfigException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, RoutesConfigException cause) {
        return new FailureAnalysis(
                cause.report(),
                "Correct what is named above and start again; docs/routes-config.md describes every member.",
                cause);
    }
}
