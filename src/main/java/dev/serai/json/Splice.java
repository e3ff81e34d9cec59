package dev.serai.json;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Edits of JSON bytes that leave every other byte as it is. Edits may come in any order and must not overlap; the
 * bytes are made by {@link #apply()}.
 */
public final class Splice {

    private static final byte[] NOTHING = {};

    private final byte[] body;
    private final List<Edit> edits = new ArrayList<>();
    private final List<ObjectEdit> objects = new ArrayList<>();

    public Splice(byte[] body) {
        this.body = body;
    }

    public void replace(Span span, byte[] with) {
        edits.add(new Edit(span.from(), span.to(), with));
    }

    public void insert(int at, byte[] what) {
        edits.add(new Edit(at, at, what));
    }

    public void remove(int from, int to) {
        edits.add(new Edit(from, to, NOTHING));
    }

    /** Edits by member name; one per object. */
    public ObjectEdit object(JsonObjectSpans spans) {
        var edit = new ObjectEdit(spans);
        objects.add(edit);
        return edit;
    }

    /** The edited bytes; the original array when there was nothing to edit. */
    public byte[] apply() {
        objects.forEach(object -> object.writeTo(this));
        objects.clear();
        if (edits.isEmpty()) {
            return body;
        }
        edits.sort(Comparator.comparingInt(Edit::from).thenComparingInt(Edit::to));
        var out = new byte[resultLength()];
        int read = 0;
        int written = 0;
        for (Edit edit : edits) {
            if (edit.from < read) {
                throw new IllegalStateException("overlapping edits at byte " + edit.from);
            }
            System.arraycopy(body, read, out, written, edit.from - read);
            written += edit.from - read;
            System.arraycopy(edit.with, 0, out, written, edit.with.length);
            written += edit.with.length;
            read = edit.to;
        }
        System.arraycopy(body, read, out, written, body.length - read);
        return out;
    }

    private int resultLength() {
        int length = body.length;
        for (Edit edit : edits) {
            length = Math.addExact(length, edit.with.length - (edit.to - edit.from));
        }
        return length;
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Edit(int from, int to, byte[] with) {}
}
