package dev.serai.routing.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Reads the text of ROUTES_CONFIG, JSON or YAML, into a {@link Tree}. Type tags, merge keys, a second document, deep
 * nesting and too many pieces (aliases counted with all they stand for) are refused.
 */
final class TreeReader {

    static final int MAX_CHARACTERS = 4 * 1024 * 1024;
    static final int MAX_PIECES = 200_000;
    static final int MAX_DEPTH = 40;

    private static final JsonFactory JSON = new JsonFactory();
    private static final JsonFactory YAML = YAMLFactory.builder()
            .loaderOptions(yamlLimits())
            .enable(YAMLParser.Feature.PARSE_BOOLEAN_LIKE_WORDS_AS_STRINGS)
            .enable(YAMLParser.Feature.EMPTY_STRING_AS_NULL)
            .build();

    private final JsonParser parser;
    private final Findings findings = new Findings();
    private final Map<String, Tree> anchors = new HashMap<>();
    private int pieces;

    private TreeReader(JsonParser parser) {
        this.parser = parser;
    }

    /** The tree, or null when the text is empty, holds only comments, or cannot be read (then a problem is added). */
    static @Nullable Tree read(String text, Findings findings) {
        if (text.length() > MAX_CHARACTERS) {
            findings.problem(0, "", "the text is longer than " + MAX_CHARACTERS + " characters");
            return null;
        }
        String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
        try {
            return plain.stripLeading().startsWith("{") ? jsonOrYaml(plain, findings) : document(YAML, plain, findings);
        } catch (Unreadable e) {
            findings.problem(e.line, "", e.reason);
            return null;
        }
    }

    private static @Nullable Tree jsonOrYaml(String text, Findings findings) throws Unreadable {
        try {
            return document(JSON, text, findings);
        } catch (Unreadable notJson) {
            try {
                return document(YAML, text, findings);
            } catch (Unreadable notYaml) {
                throw notJson;
            }
        }
    }

    private static @Nullable Tree document(JsonFactory format, String text, Findings findings) throws Unreadable {
        try (var parser = format.createParser(text)) {
            var reader = new TreeReader(parser);
            var tree = parser.nextToken() == null ? null : reader.value("", 0);
            if (parser.nextToken() != null) {
                throw new Unreadable(reader.line(), "there is a second document; one is allowed");
            }
            findings.addAll(reader.findings);
            return tree instanceof Tree.Scalar scalar && scalar.value().isNull() ? null : tree;
        } catch (IOException | YAMLException e) {
            throw Unreadable.because(e);
        }
    }

    private Tree value(String path, int depth) throws IOException, Unreadable {
        if (depth > MAX_DEPTH) {
            throw new Unreadable(line(), "nested deeper than " + MAX_DEPTH + " levels");
        }
        if (parser.getTypeId() != null) {
            throw new Unreadable(line(), "a type tag (!…) is not allowed");
        }
        if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
            return alias(parser.getText());
        }
        count(1);
        String anchor = parser.getObjectId() instanceof String id ? id : null;
        Tree tree = switch (parser.currentToken()) {
            case START_OBJECT -> members(path, depth);
            case START_ARRAY -> items(path, depth);
            default -> new Tree.Scalar(line(), scalar());
        };
        if (anchor != null) {
            anchors.put(anchor, tree);
        }
        return tree;
    }

    private Tree alias(String name) throws Unreadable {
        var tree = anchors.get(name);
        if (tree == null) {
            throw new Unreadable(line(), "the alias *" + Shown.plain(name) + " names no anchor written before it");
        }
        count(tree.size());
        return tree;
    }

    private Tree members(String path, int depth) throws IOException, Unreadable {
        int start = line();
        int before = pieces - 1;
        var members = new LinkedHashMap<String, Tree.Member>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            int line = line();
            String name = parser.currentName();
            String inner = path.isEmpty() ? Shown.plain(name) : path + "." + Shown.plain(name);
            parser.nextToken();
            var member = new Tree.Member(line, name, value(inner, depth + 1));
            var first = members.putIfAbsent(name, member);
            if (first != null) {
                findings.problem(line, inner, "written twice, first on line " + first.line());
            }
            if (name.equals("<<")) {
                findings.problem(line, inner, "merge keys are not supported; write the members out");
            }
        }
        return new Tree.Members(start, Collections.unmodifiableMap(members), pieces - before);
    }

    private Tree items(String path, int depth) throws IOException, Unreadable {
        int start = line();
        int before = pieces - 1;
        List<Tree> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(path + "[" + items.size() + "]", depth + 1));
        }
        return new Tree.Items(start, List.copyOf(items), pieces - before);
    }

    private JsonNode scalar() throws IOException {
        var nodes = JsonNodeFactory.instance;
        return switch (parser.currentToken()) {
            case VALUE_TRUE, VALUE_FALSE -> nodes.booleanNode(parser.getBooleanValue());
            case VALUE_NUMBER_INT ->
                parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                        ? nodes.numberNode(parser.getBigIntegerValue())
                        : nodes.numberNode(parser.getLongValue());
            case VALUE_NUMBER_FLOAT ->
                isFinite(parser.getText())
                        ? nodes.numberNode(parser.getDecimalValue())
                        : nodes.textNode(parser.getText());
            case VALUE_NULL -> nodes.nullNode();
            default -> nodes.textNode(parser.getText());
        };
    }

    /** YAML's {@code .nan} and {@code .inf} are no numbers here; everything else ends in a digit or a dot. */
    private static boolean isFinite(String number) {
        return !Character.isLetter(number.charAt(number.length() - 1));
    }

    private void count(int more) throws Unreadable {
        pieces += more;
        if (pieces > MAX_PIECES) {
            throw new Unreadable(line(), "more than " + MAX_PIECES + " values, those behind aliases counted");
        }
    }

    private int line() {
        return parser.currentTokenLocation().getLineNr();
    }

    private static LoaderOptions yamlLimits() {
        var options = new LoaderOptions();
        options.setCodePointLimit(MAX_CHARACTERS);
        options.setNestingDepthLimit(MAX_DEPTH + 10);
        return options;
    }
}
