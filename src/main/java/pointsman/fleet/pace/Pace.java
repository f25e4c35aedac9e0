package pointsman.fleet.pace;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.DoubleStream;

/// How fast a deployment is, measured, so that it is given up when it is slow for what it is, and not
/// sooner: a model on a CPU reads a long prompt for a minute and is well.
///
/// The time to the first word is taken as a constant part and one for each character of the prompt. The line
/// through the last calls is that of Theil (1950) and Sen (J. Am. Stat. Assoc. 63, 1968), the median of the
/// slopes between all pairs: three of ten calls may be far off, as those are whose prompt was cached, and it
/// stays. The time of a character of an answer is a median, too.
///
/// Of a call that was given up it is only known that it takes longer (a censored observation). If such calls
/// were left out, only fast ones would ever be seen; a median of few hardly moves by one. So the wait that
/// was too short, and half as much again, becomes a floor for the next limits, and shrinks with each call
/// that speaks.
public final class Pace {
    private static final int KNOWN_FROM = 5;
    private static final int WORST_KNOWN_FROM = 20;
    private static final double WORST = 0.95;

    /// A limit is so many times what is expected.
    private static final double MARGIN = 3;

    private static final double FLOOR_GROWTH = 1.5;
    private static final double FLOOR_SHRINKS = 0.8;
    private static final double FLOOR_MAX_SECONDS = 600;

    /// Of a CPU, while nothing is measured: about 50 tokens read and 5 written a second.
    private static final double LOCAL_PROMPT_PER_SECOND = 200;

    private static final double LOCAL_ANSWER_PER_SECOND = 20;

    /// Shorter answers tell nothing about the time of a character.
    private static final int ANSWER_MIN = 20;

    private static final int LAST = 100;

    /// All pairs of so many are 1,225.
    private static final int LINE_LAST = 50;

    /// The line is drawn again after so many calls.
    private static final int LINE_EVERY = 10;

    private final boolean isLocal;
    private final Ring firstWords = new Ring(LAST);
    private final Ring prompts = new Ring(LAST);
    private final Ring answers = new Ring(LAST);
    private Line line;
    private double firstFloor;
    private double wholeFloor;

    /// Seconds to the first word of no prompt, and for each character of one.
    private record Line(double constant, double slope) {
        double at(int characters) {
            return constant + slope * Math.max(0, characters);
        }
    }

    /// @param isLocal whether it is an engine of ours, on a CPU maybe: slow until it shows otherwise
    public Pace(boolean isLocal) {
        this.isLocal = isLocal;
        this.line = new Line(0, assumedSlope());
    }

    /// The first word of an answer came after this time.
    public synchronized void spoke(int promptCharacters, Duration firstWord) {
        firstFloor *= FLOOR_SHRINKS;
        add(promptCharacters, seconds(firstWord));
    }

    /// The whole answer was there after this time, counted from the same moment as the first word's.
    public synchronized void answered(int promptCharacters, int answerCharacters, Duration whole) {
        wholeFloor *= FLOOR_SHRINKS;
        var seconds = seconds(whole);
        // What reading took is an estimate, and may be more than all of it.
        var writing = Math.max(seconds - line.at(promptCharacters), seconds / 10);
        answers.add(writing / Math.max(ANSWER_MIN, answerCharacters));
    }

    /// Nothing came in this time, and it was given up, or another call was faster.
    ///
    /// @param answerCharactersAsked at most, of an answer that was to come as a whole; 0 of one that was to
    ///     come word by word
    public synchronized void late(int promptCharacters, int answerCharactersAsked, Duration withoutAWord) {
        var seconds = seconds(withoutAWord);
        var floor = Math.min(FLOOR_MAX_SECONDS, FLOOR_GROWTH * seconds);
        if (answerCharactersAsked > 0) {
            wholeFloor = Math.max(wholeFloor, floor);
        } else {
            firstFloor = Math.max(firstFloor, floor);
            add(promptCharacters, seconds);
        }
    }

    /// The time in which 19 of the last 20 calls got their first word; empty until enough are known.
    public synchronized Optional<Duration> usualWorst() {
        return firstWords.size() < WORST_KNOWN_FROM
                ? Optional.empty()
                : Optional.of(duration(firstWords.quantile(WORST)));
    }

    /// How long to wait for the first word.
    public synchronized Duration firstWordWithin(Duration least, Duration most, int promptCharacters) {
        return within(least, most, Math.max(firstFloor, MARGIN * line.at(promptCharacters)));
    }

    /// How long to wait for an answer that comes as a whole.
    ///
    /// @param answerCharacters that it will have at most
    public synchronized Duration wholeWithin(
            Duration least, Duration most, int promptCharacters, int answerCharacters) {
        var writing = secondsPerAnswerCharacter() * Math.max(0, answerCharacters);
        return within(least, most, Math.max(wholeFloor, MARGIN * (line.at(promptCharacters) + writing)));
    }

    private double secondsPerAnswerCharacter() {
        if (answers.size() >= KNOWN_FROM) {
            return answers.quantile(0.5);
        }
        return isLocal ? 1 / LOCAL_ANSWER_PER_SECOND : 0;
    }

    private void add(int promptCharacters, double seconds) {
        prompts.add(Math.max(0, promptCharacters));
        firstWords.add(seconds);
        var known = firstWords.added();
        if (known >= KNOWN_FROM && (known < LINE_LAST || known % LINE_EVERY == 0)) {
            line = line(prompts.last(LINE_LAST), firstWords.last(LINE_LAST));
        }
    }

    /// @param characters of the prompts, in the order of the calls
    /// @param seconds to the first word, in the same order
    private Line line(double[] characters, double[] seconds) {
        var slopes = DoubleStream.builder();
        var between = 0;
        for (int right = 1; right < characters.length; right++) {
            for (int left = 0; left < right; left++) {
                if (characters[right] != characters[left]) {
                    slopes.add((seconds[right] - seconds[left]) / (characters[right] - characters[left]));
                    between++;
                }
            }
        }
        // Prompts of one length say nothing about longer ones.
        var slope = between == 0
                ? assumedSlope()
                : Math.max(0, median(slopes.build().toArray()));
        var constants = new double[seconds.length];
        Arrays.setAll(constants, call -> seconds[call] - slope * characters[call]);
        return new Line(Math.max(0, median(constants)), slope);
    }

    private double assumedSlope() {
        return isLocal ? 1 / LOCAL_PROMPT_PER_SECOND : 0;
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    private static Duration within(Duration least, Duration most, double seconds) {
        if (seconds <= seconds(least)) {
            return least;
        }
        return seconds >= seconds(most) ? most : duration(seconds);
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    private static Duration duration(double seconds) {
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }

    /// The last values.
    private static final class Ring {
        private final double[] values;
        private int added;

        Ring(int size) {
            this.values = new double[size];
        }

        void add(double value) {
            values[added % values.length] = value;
            added = added + 1 == Integer.MAX_VALUE ? values.length : added + 1;
        }

        /// Values there have been.
        int added() {
            return added;
        }

        int size() {
            return Math.min(added, values.length);
        }

        /// The last so many, in their order.
        double[] last(int most) {
            var size = Math.min(most, size());
            var last = new double[size];
            Arrays.setAll(last, at -> values[(added - size + at) % values.length]);
            return last;
        }

        /// The least value that so large a share of all does not exceed.
        double quantile(double share) {
            var sorted = Arrays.copyOf(values, size());
            Arrays.sort(sorted);
            return sorted[(int) Math.ceil(share * sorted.length) - 1];
        }
    }
}
