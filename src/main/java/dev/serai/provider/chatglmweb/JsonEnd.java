package dev.serai.provider.chatglmweb;

/** Finds the end of a JSON object in a text that grows, looking at each character once. */
final class JsonEnd {

    private static final int DEEPEST = 64;

    private final StringBuilder closers = new StringBuilder();
    private int looked;
    private boolean string;
    private boolean escaped;
    private boolean broken;

    /** @param looked where the object begins */
    JsonEnd(int looked) {
        this.looked = looked;
    }

    /** One past the end of the object, or -1 while it is open; see {@link #broken}. */
    int find(CharSequence text) {
        while (looked < text.length() && !broken) {
            if (closes(text.charAt(looked++))) {
                return looked;
            }
        }
        return -1;
    }

    /** Its brackets do not fit each other. */
    boolean broken() {
        return broken;
    }

    /** What an object that was cut off between its members lacks, or {@code ""} where more is missing than brackets. */
    String missing() {
        return string || broken ? "" : new StringBuilder(closers).reverse().toString();
    }

    private boolean closes(char c) {
        if (string) {
            string = escaped || c != '"';
            escaped = !escaped && c == '\\';
            return false;
        }
        switch (c) {
            case '"' -> string = true;
            case '{' -> open('}');
            case '[' -> open(']');
            case '}', ']' -> {
                return close(c);
            }
            default -> {
                // a value, or what stands between values
            }
        }
        return false;
    }

    private void open(char closer) {
        closers.append(closer);
        broken = closers.length() > DEEPEST;
    }

    private boolean close(char c) {
        int last = closers.length() - 1;
        broken = last < 0 || closers.charAt(last) != c;
        if (!broken) {
            closers.setLength(last);
        }
        return !broken && last == 0;
    }
}
