package dev.serai.credential;

/**
 * A credential of a pool.
 *
 * @param name the id of an account, or whatever the pool's provider finds it by; it may be logged
 * @param state changes when what was known of its health is void, such as after a new login: what rested under the old
 *     state does not under the new one
 */
public record PoolMember(String name, String state) {

    public CredentialId id(String kind, String baseUrl) {
        return new CredentialId(kind, baseUrl, name, state);
    }
}
