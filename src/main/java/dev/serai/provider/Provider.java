package dev.serai.provider;

import dev.serai.call.Call;

/**
 * What one upstream kind expects. Stateless. The steps {@code <kind>Request} and {@code <kind>Answer} of the route
 * {@code provider.<kind>} are made of it.
 */
public interface Provider {

    /** The kind, as ROUTES_CONFIG names it. */
    String kind();

    /** The way in for a call: through a surface that speaks the caller's own protocol where the upstream has one. */
    Access access(Call call);
}
