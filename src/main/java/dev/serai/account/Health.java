package dev.serai.account;

import java.util.Locale;

/** Whether an account can be used. */
public enum Health {
    HEALTHY,
    /** For a while it is left alone; then it is tried again by itself. */
    RESTING,
    /** Its secret is refused: it needs a new login, unless a check finds that it works after all. */
    DEAD;

    /** As the database and answers write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Health of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
