package pointsman.score;

import java.util.List;

/// What one model can do, as a point in the router's skill space: P(the model is right) is
/// sigmoid(skills of the text . skills of the model + ease).
///
/// @param skills one a skill of the graph
/// @param ease how easy the model finds a text that asks for nothing
public record Ability(List<Double> skills, double ease) {
    public Ability {
        skills = List.copyOf(skills);
    }

    double logit(float[] asked) {
        var sum = ease;
        for (var skill = 0; skill < asked.length; skill++) {
            sum += asked[skill] * skills.get(skill);
        }
        return sum;
    }
}
