package pointsman.batch;

import java.util.List;
import pointsman.batch.JobPlan.Leg;
import pointsman.batch.LanePlan.Arm;
import pointsman.upstream.Upstream;

/// Where a tier's questions go, and how their cost is foreseen.
///
/// @param upstream that is asked
/// @param cache the rule that it follows
/// @param askedLanes as the job says; 0: as many as suit
/// @param laneLimit at once
/// @param answerTokens that one answer is taken to have
/// @param tokens counts prompts
record Road(Upstream upstream, ProviderCache cache, int askedLanes, int laneLimit, int answerTokens, Tokens tokens) {
    private static final int QUESTIONS_PER_LANE = 4;

    Sending measured(List<Question> questions) {
        return Sending.of(upstream.name(), questions, cache, tokens);
    }

    Leg leg(Sending sending, Arm arm) {
        return new Leg(sending, cache, lanes(sending), arm);
    }

    Forecast forecast(Sending sending) {
        return Forecast.of(sending, cache, upstream.price(), lanes(sending), answerTokens);
    }

    int lanes(Sending sending) {
        if (askedLanes > 0) {
            return upstream.local() ? Math.min(askedLanes, laneLimit) : askedLanes;
        }
        return Math.clamp(Math.ceilDiv(sending.questions().size(), QUESTIONS_PER_LANE), 1, laneLimit);
    }
}
