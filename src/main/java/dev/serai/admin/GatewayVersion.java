package dev.serai.admin;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.stereotype.Component;

/** The version of this build; a run from the source without one is {@code 0}. */
@Component
final class GatewayVersion {

    private final String text;

    GatewayVersion(ObjectProvider<BuildProperties> build) {
        var properties = build.getIfAvailable();
        String version = properties == null ? null : properties.getVersion();
        this.text = version == null ? "0" : version;
    }

    String text() {
        return text;
    }
}
