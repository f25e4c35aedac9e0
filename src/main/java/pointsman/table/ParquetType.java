package pointsman.table;

import dev.hardwood.metadata.LogicalType;
import dev.hardwood.reader.ColumnReader;
import dev.hardwood.schema.ColumnSchema;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// How the values of one Parquet type are written as JSON text.
interface ParquetType {
    /// The values of one batch, which must not outlive it.
    ParquetType.Batch open(ColumnReader cells);

    /// The values of a batch of cells.
    interface Batch {
        void write(int at, JsonText text);
    }

    static ParquetType of(ColumnSchema schema) throws BadTableException {
        if (schema.maxRepetitionLevel() > 0 || schema.fieldPath().elements().size() > 1) {
            throw new BadTableException(
                    "column \"%s\" is nested; a table has flat columns".formatted(schema.fieldPath()));
        }
        return switch (schema.type()) {
            case BYTE_ARRAY -> text(schema);
            case BOOLEAN ->
                cells -> {
                    var values = cells.getBooleans();
                    return (at, text) -> text.raw(Boolean.toString(values[at]));
                };
            case INT32 ->
                integers(schema, cells -> {
                    var values = cells.getInts();
                    return at -> values[at];
                });
            case INT64 ->
                integers(schema, cells -> {
                    var values = cells.getLongs();
                    return at -> values[at];
                });
            case FLOAT ->
                cells -> {
                    var values = cells.getFloats();
                    return (at, text) -> number(text, Float.toString(values[at]), Float.isFinite(values[at]));
                };
            case DOUBLE ->
                cells -> {
                    var values = cells.getDoubles();
                    return (at, text) -> number(text, Double.toString(values[at]), Double.isFinite(values[at]));
                };
            case INT96, FIXED_LEN_BYTE_ARRAY -> throw unknown(schema);
        };
    }

    private static ParquetType text(ColumnSchema schema) throws BadTableException {
        return switch (schema.logicalType()) {
            case null -> strings(schema);
            case LogicalType.StringType _ -> strings(schema);
            case LogicalType.EnumType _ -> strings(schema);
            case LogicalType.JsonType _ -> strings(schema);
            default -> throw unknown(schema);
        };
    }

    private static ParquetType strings(ColumnSchema schema) {
        return cells -> {
            var bytes = cells.getBinaryValues();
            var offsets = cells.getBinaryOffsets();
            return (at, text) -> {
                if (!StrictText.isUtf8(bytes, offsets[at], offsets[at + 1])) {
                    throw new UncheckedIOException(new BadTableException(
                            "column \"%s\" holds bytes that are no UTF-8 text; write them as one, such as base64"
                                    .formatted(schema.fieldPath())));
                }
                text.string(bytes, offsets[at], offsets[at + 1]);
            };
        };
    }

    private static ParquetType integers(ColumnSchema schema, Longs source) throws BadTableException {
        var spelling = spelling(schema, schema.logicalType());
        return cells -> {
            var values = source.open(cells);
            return (at, text) -> spelling.write(values.at(at), text);
        };
    }

    private static Spelling spelling(ColumnSchema schema, @Nullable LogicalType type) throws BadTableException {
        return switch (type) {
            case null -> (value, text) -> text.raw(Long.toString(value));
            case LogicalType.IntType(int bits, boolean signed) ->
                signed || bits < 32
                        ? (value, text) -> text.raw(Long.toString(value))
                        : (value, text) -> text.raw(Long.toUnsignedString(bits == 32 ? value & 0xFFFFFFFFL : value));
            case LogicalType.DecimalType decimal ->
                (value, text) ->
                        text.raw(BigDecimal.valueOf(value, decimal.scale()).toPlainString());
            case LogicalType.DateType _ ->
                (value, text) -> text.string(LocalDate.ofEpochDay(value).toString());
            case LogicalType.TimestampType time -> (value, text) -> text.string(timestamp(value, time));
            default -> throw unknown(schema);
        };
    }

    private static String timestamp(long value, LogicalType.TimestampType type) {
        var unit = switch (type.unit()) {
            case MILLIS -> ChronoUnit.MILLIS;
            case MICROS -> ChronoUnit.MICROS;
            case NANOS -> ChronoUnit.NANOS;
        };
        var instant = Instant.EPOCH.plus(value, unit);
        return type.isAdjustedToUTC()
                ? instant.toString()
                : LocalDateTime.ofInstant(instant, ZoneOffset.UTC).toString();
    }

    private static void number(JsonText text, String spelling, boolean finite) {
        if (finite) {
            text.raw(spelling);
        } else {
            text.string(spelling);
        }
    }

    private static BadTableException unknown(ColumnSchema schema) {
        var logical = schema.logicalType();
        return new BadTableException(
                "column \"%s\" has the type %s, which has no JSON text here; cast it to a text or a number"
                        .formatted(
                                schema.fieldPath(), logical == null ? schema.type() : schema.type() + " " + logical));
    }

    /// Opens the integers of a batch.
    interface Longs {
        Value open(ColumnReader cells);

        /// The integer at a place.
        interface Value {
            long at(int at);
        }
    }

    /// Writes one integer.
    interface Spelling {
        void write(long value, JsonText text);
    }
}
