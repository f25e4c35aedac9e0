package pointsman.tablejob;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/// Whether a value keeps to a JSON schema, as far as providers' structured output goes: `type`, `enum`, `const`,
/// `properties`, `required`, `additionalProperties`, `items`, `minItems`, `maxItems`, `minimum`, `maximum`,
/// `minLength`, `maxLength`, `anyOf`, and `$ref` into the schema itself. Other words are not held against a value;
/// that they are kept is the upstream's promise.
/// A schema whose references form rings, or branch without end, is not kept by anything.
final class SchemaCheck {
    /// No answer is this deep.
    private static final int DEEPEST = 64;
    /// Schemas held against a value or a part of it, in all.
    private static final int MOST = 1_000_000;

    private final JsonNode root;
    private int held;

    /// @param root the whole schema, for `$ref`
    private SchemaCheck(JsonNode root) {
        this.root = root;
    }

    static boolean isKept(JsonNode schema, JsonNode value) {
        return new SchemaCheck(schema).isKept(schema, value, DEEPEST);
    }

    private boolean isKept(JsonNode schema, JsonNode value, int depth) {
        if (depth == 0 || ++held > MOST) {
            return false;
        }
        if (schema.isBoolean()) {
            return schema.asBoolean();
        }
        return isReferred(schema, value, depth)
                && isOfType(schema.path("type"), value)
                && isOneOf(schema, value)
                && isWithin(schema, value)
                && isAnyOf(schema.path("anyOf"), value, depth)
                && (!value.isObject() || isObjectKept(schema, value, depth))
                && (!value.isArray() || isArrayKept(schema, value, depth));
    }

    /// `#`, or `#/` and a JSON pointer; anything else points out of the schema, and nothing is known of it.
    private boolean isReferred(JsonNode schema, JsonNode value, int depth) {
        var reference = schema.path("$ref").asString("");
        var isWithin = reference.equals("#") || reference.startsWith("#/");
        return !isWithin || isKept(root.at(reference.substring(1)), value, depth - 1);
    }

    private static boolean isOfType(JsonNode type, JsonNode value) {
        return type.isMissingNode()
                || type.valueStream().anyMatch(one -> isOfType(one, value))
                || switch (type.asString("")) {
                    case "object" -> value.isObject();
                    case "array" -> value.isArray();
                    case "string" -> value.isString();
                    case "boolean" -> value.isBoolean();
                    case "null" -> value.isNull();
                    case "number" -> value.isNumber();
                    case "integer" ->
                        number(value)
                                .filter(number -> number.stripTrailingZeros().scale() <= 0)
                                .isPresent();
                    default -> false;
                };
    }

    private static boolean isOneOf(JsonNode schema, JsonNode value) {
        var values = schema.path("enum");
        var constant = schema.path("const");
        return (values.isMissingNode() || values.valueStream().anyMatch(one -> isEqual(one, value)))
                && (constant.isMissingNode() || isEqual(constant, value));
    }

    private static boolean isEqual(JsonNode left, JsonNode right) {
        var number = number(left);
        return number.isPresent()
                ? number(right)
                        .filter(other -> number.get().compareTo(other) == 0)
                        .isPresent()
                : left.equals(right);
    }

    /// A number's value; empty for what is none, or beyond all measure, such as `1e400`.
    private static Optional<BigDecimal> number(JsonNode value) {
        return value.isNumber() && Double.isFinite(value.numberValue().doubleValue())
                ? Optional.of(value.decimalValue())
                : Optional.empty();
    }

    private static boolean isWithin(JsonNode schema, JsonNode value) {
        if (value.isNumber()) {
            return number(value)
                    .filter(number -> isWithin(schema, "minimum", "maximum", number))
                    .isPresent();
        }
        return !value.isString()
                || isWithin(
                        schema,
                        "minLength",
                        "maxLength",
                        BigDecimal.valueOf(value.asString()
                                .codePointCount(0, value.asString().length())));
    }

    private static boolean isWithin(JsonNode schema, String least, String most, BigDecimal value) {
        var from = number(schema.path(least));
        var to = number(schema.path(most));
        return from.filter(limit -> value.compareTo(limit) < 0).isEmpty()
                && to.filter(limit -> value.compareTo(limit) > 0).isEmpty();
    }

    private boolean isAnyOf(JsonNode choices, JsonNode value, int depth) {
        return choices.isMissingNode() || choices.valueStream().anyMatch(choice -> isKept(choice, value, depth - 1));
    }

    private boolean isObjectKept(JsonNode schema, JsonNode value, int depth) {
        var properties = schema.path("properties");
        var others = schema.path("additionalProperties");
        return schema.path("required").valueStream().allMatch(name -> value.has(name.asString("")))
                && value.properties().stream().allMatch(property -> {
                    var its = properties.has(property.getKey()) ? properties.path(property.getKey()) : others;
                    return its.isMissingNode() || isKept(its, property.getValue(), depth - 1);
                });
    }

    private boolean isArrayKept(JsonNode schema, JsonNode value, int depth) {
        var items = schema.path("items");
        Predicate<JsonNode> isItem = item -> items.isMissingNode() || isKept(items, item, depth - 1);
        return isWithin(schema, "minItems", "maxItems", BigDecimal.valueOf(value.size()))
                && value.valueStream().allMatch(isItem);
    }
}
