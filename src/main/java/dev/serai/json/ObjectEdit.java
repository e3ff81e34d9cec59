package dev.serai.json;

import java.io.ByteArrayOutputStream;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Edits of one object's members, by name; a name given several times is edited at every place. */
public final class ObjectEdit {

    private final JsonObjectSpans spans;
    private final Map<String, byte[]> set = new LinkedHashMap<>();
    private final Map<String, String> renamed = new LinkedHashMap<>();
    private final Set<String> removed = new HashSet<>();

    ObjectEdit(JsonObjectSpans spans) {
        this.spans = spans;
    }

    /** Gives the member this JSON value, adding it behind the last member where there is none; undoes earlier edits of it. */
    public ObjectEdit set(String name, byte[] json) {
        set.put(name, json);
        removed.remove(name);
        renamed.remove(name);
        renamed.entrySet().removeIf(entry -> entry.getValue().equals(name) && removed.add(entry.getKey()));
        return this;
    }

    /** Takes the member out, with its comma. */
    public ObjectEdit remove(String name) {
        removed.add(name);
        set.remove(name);
        renamed.remove(name);
        return this;
    }

    /** Gives the member another name and keeps its value; a member that has the new name already is taken out. */
    public ObjectEdit rename(String name, String newName) {
        removed.add(newName);
        renamed.put(name, newName);
        return this;
    }

    void writeTo(Splice splice) {
        boolean anyKept = false;
        List<JsonMember> members = spans.members();
        for (int i = 0; i < members.size(); i++) {
            JsonMember member = members.get(i);
            if (removed.contains(member.name())) {
                remove(i, anyKept, splice);
                continue;
            }
            anyKept = true;
            String newName = renamed.get(member.name());
            if (newName != null) {
                splice.replace(member.nameSpan(), Json.bytes(newName));
            }
            byte[] json = set.get(member.name());
            if (json != null) {
                splice.replace(member.value(), json);
            }
        }
        append(anyKept, splice);
    }

    private void remove(int i, boolean anyKept, Splice splice) {
        List<JsonMember> members = spans.members();
        JsonMember member = members.get(i);
        if (anyKept) {
            splice.remove(members.get(i - 1).value().to(), member.value().to());
        } else if (i + 1 < members.size()) {
            splice.remove(member.nameFrom(), members.get(i + 1).nameFrom());
        } else {
            splice.remove(member.nameFrom(), member.value().to());
        }
    }

    private void append(boolean anyKept, Splice splice) {
        var out = new ByteArrayOutputStream();
        boolean comma = anyKept;
        for (Map.Entry<String, byte[]> entry : set.entrySet()) {
            if (spans.value(entry.getKey()) == null) {
                if (comma) {
                    out.write(',');
                }
                comma = true;
                out.writeBytes(Json.bytes(entry.getKey()));
                out.write(':');
                out.writeBytes(entry.getValue());
            }
        }
        if (out.size() > 0) {
            List<JsonMember> members = spans.members();
            int at = members.isEmpty()
                    ? spans.object().from() + 1
                    : members.getLast().value().to();
            splice.insert(at, out.toByteArray());
        }
    }
}
