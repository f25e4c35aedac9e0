package pointsman.batch;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/// Whether a value keeps to a JSON schema, as far as providers' structured output goes: `type`, `enum`, `const`,
/// `properties`, `required`, `additionalProperties`, `items`, `minItems`, `maxItems`, `minimum`, `maximum`,
/// `minLength`, `maxLength`, `anyOf`, and `$ref` into the schema itself. Other words are not held against a value;
/// that they are kept is the upstream's promise.
///
/// @param root the whole schema, for `$ref`
record SchemaCheck(JsonNode root) {
    /// References may form rings; no answer is this deep.
    private static final int DEEPEST = 64;

    boolean isKept(JsonNode value) {
        return isKept(root, value, DEEPEST);
    }

    private boolean isKept(JsonNode schema, JsonNode value, int depth) {
        if (schema.isBoolean() || depth == 0) {
            return schema.asBoolean(false);
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
        return !reference.startsWith("#") || isKept(root.at(reference.substring(1)), value, depth - 1);
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
                        value.isNumber()
                                && value.decimalValue().stripTrailingZeros().scale() <= 0;
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
        return (left.isNumber() && right.isNumber())
                ? left.decimalValue().compareTo(right.decimalValue()) == 0
                : left.equals(right);
    }

    private static boolean isWithin(JsonNode schema, JsonNode value) {
        if (value.isNumber()) {
            return isWithin(schema, "minimum", "maximum", value.decimalValue());
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
        Optional<BigDecimal> from = schema.path(least).decimalValueOpt();
        Optional<BigDecimal> to = schema.path(most).decimalValueOpt();
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
