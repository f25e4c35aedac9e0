package pointsman.http;

import java.time.Duration;
import org.springframework.util.unit.DataSize;

/// How much of everything may be in a request that is a form, or JSON with rows.
///
/// @param upload bytes of its file, or of a JSON body
/// @param form bytes of everything else
/// @param time for the client to send it
/// @param rows of a table
/// @param cell bytes of one
public record FormLimits(DataSize upload, DataSize form, Duration time, int rows, DataSize cell) {}
