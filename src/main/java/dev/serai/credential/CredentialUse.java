package dev.serai.credential;

/**
 * A credential used for one model; what rests may be the credential or only this use of it.
 *
 * @param model the upstream's name of the model
 */
public record CredentialUse(CredentialId id, String model) {}
