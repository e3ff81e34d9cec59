package dev.serai.routing.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** A piece of ROUTES_CONFIG with the line on which it starts: what YAML and JSON have in common. Immutable. */
sealed interface Tree {

    int line();

    /** How many pieces it consists of, an alias counted with all it stands for. */
    int size();

    JsonNode toJson();

    /** What it is, for a message. */
    String description();

    /** A text, number, truth value or null. */
    record Scalar(int line, JsonNode value) implements Tree {
        @Override
        public int size() {
            return 1;
        }

        @Override
        public JsonNode toJson() {
            return value;
        }

        @Override
        public String description() {
            if (value.isNull()) {
                return "nothing";
            }
            return value.isTextual() ? "a text" : value.isNumber() ? "a number" : "true or false";
        }
    }

    /** A list. */
    record Items(int line, List<Tree> items, int size) implements Tree {
        @Override
        public JsonNode toJson() {
            var array = JsonNodeFactory.instance.arrayNode(items.size());
            items.forEach(item -> array.add(item.toJson()));
            return array;
        }

        @Override
        public String description() {
            return "a list";
        }
    }

    /** An object; each name once, in the order written. */
    record Members(int line, Map<String, Member> members, int size) implements Tree {
        @Override
        public ObjectNode toJson() {
            var object = JsonNodeFactory.instance.objectNode();
            members.values()
                    .forEach(member -> object.set(member.name(), member.value().toJson()));
            return object;
        }

        @Override
        public String description() {
            return "an object";
        }
    }

    /** A name with its value; the line is the name's. */
    record Member(int line, String name, Tree value) {}
}
