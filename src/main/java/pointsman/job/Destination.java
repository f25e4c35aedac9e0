package pointsman.job;

import java.util.List;
import pointsman.cache.ProviderCache;
import pointsman.dialect.chat.PromptTokens;
import pointsman.fleet.Model;
import pointsman.job.JobPlan.Part;
import pointsman.job.LanePlan.Arm;

/// Where a part of a job's questions goes, and how their cost is foreseen.
///
/// @param upstream that is asked
/// @param cache the rule that it follows
/// @param askedLanes as the job says; 0: as many as suit
/// @param laneLimit at once
/// @param answerTokens that one answer is taken to have
/// @param tokens counts prompts
public record Destination(
        Model upstream, ProviderCache cache, int askedLanes, int laneLimit, int answerTokens, PromptTokens tokens) {
    private static final int QUESTIONS_PER_LANE = 4;

    /// The same by another rule, such as one without hints.
    public Destination with(ProviderCache other) {
        return new Destination(upstream, other, askedLanes, laneLimit, answerTokens, tokens);
    }

    public Sending measured(List<Question> questions) {
        return Sending.of(upstream.name(), questions, cache, tokens);
    }

    public Part part(Sending sending, Arm arm) {
        return new Part(sending, cache, lanes(sending), arm);
    }

    public Forecast forecast(Sending sending) {
        return Forecast.of(sending, cache, upstream.price(), lanes(sending), answerTokens);
    }

    int lanes(Sending sending) {
        if (askedLanes > 0) {
            return upstream.local() ? Math.min(askedLanes, laneLimit) : askedLanes;
        }
        return Math.clamp(Math.ceilDiv(sending.questions().size(), QUESTIONS_PER_LANE), 1, laneLimit);
    }
}
