package pointsman.batch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import pointsman.dialect.batch.BatchRequestLine;
import pointsman.job.Endpoint;
import pointsman.job.Refusals;
import tools.jackson.core.JacksonException;

/// The requests of a batch's input file, or what is wrong with it.
///
/// @param requests in the order of the file, empty lines left out
/// @param errors of the file; a batch with any is not run
record BatchRequests(List<Line> requests, List<Problem> errors) {
    private static final int MOST_ERRORS = 100;

    BatchRequests {
        requests = List.copyOf(requests);
        errors = List.copyOf(errors);
    }

    /// One request.
    ///
    /// @param customId the client's name for it
    /// @param body as it is written
    /// @param number of its line, from 1
    record Line(String customId, String body, int number) {}

    /// What is wrong with a line.
    ///
    /// @param line from 1
    record Problem(String code, String message, int line) {}

    /// Reads a file of at most `most` requests for this endpoint.
    static BatchRequests read(Path file, Endpoint endpoint, int most) {
        var reading = new Reading(endpoint.path(), most, new ArrayList<>(), new ArrayList<>(), new HashSet<>());
        try (var lines = Files.lines(file)) {
            int[] number = {0};
            lines.forEach(line -> reading.take(line, ++number[0]));
        } catch (IOException e) {
            reading.broken(e);
        } catch (UncheckedIOException e) {
            reading.broken(Objects.requireNonNull(e.getCause()));
        }
        if (reading.requests().isEmpty() && reading.errors().isEmpty()) {
            reading.wrong("empty_file", "The file holds no request.", 1);
        }
        return new BatchRequests(reading.requests(), reading.errors());
    }

    /// What has been read so far.
    private record Reading(
            String endpoint, int most, List<Line> requests, List<Problem> errors, Set<String> customIds) {
        void take(String text, int number) {
            if (text.isBlank()) {
                return;
            }
            if (requests.size() == most) {
                wrong("token_limit_exceeded", "A file holds at most %d requests.".formatted(most), number);
                return;
            }
            try {
                check(BatchRequestLine.read(text), number);
            } catch (JacksonException _) {
                wrong("invalid_json_line", "This line is not parseable as valid JSON.", number);
            }
        }

        private void check(BatchRequestLine line, int number) {
            var customId = line.customId();
            if (customId.isEmpty()) {
                wrong("missing_required_parameter", "The line lacks a 'custom_id'.", number);
            } else if (!customIds.add(customId)) {
                wrong("duplicate_custom_id", "The custom_id '%s' stands twice.".formatted(customId), number);
            } else if (!line.method().equals("POST")) {
                wrong("invalid_method", "'method' is POST.", number);
            } else if (!line.url().equals(endpoint)) {
                wrong("mismatched_url", "'url' is not the batch's endpoint %s.".formatted(endpoint), number);
            } else if (line.body().isEmpty()) {
                wrong("missing_required_parameter", "The line lacks a 'body'.", number);
            } else {
                requests.add(new Line(customId, line.body(), number));
            }
        }

        /// What a file is not can be told; whatever else a disk does may pass.
        void broken(IOException error) {
            switch (error) {
                case CharacterCodingException _ -> wrong("invalid_json_line", "The file is no valid UTF-8 text.", 1);
                case NoSuchFileException _ -> wrong("file_not_found", "The file has been deleted.", 1);
                default -> throw Refusals.unreadable();
            }
        }

        void wrong(String code, String message, int number) {
            if (errors.size() < MOST_ERRORS) {
                errors.add(new Problem(code, message, number));
            }
        }
    }
}
