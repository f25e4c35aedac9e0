package pointsman.fleet;

import pointsman.dialect.UpstreamDialect;
import pointsman.dialect.habit.HabitTable;
import pointsman.dialect.habit.Habits;
import pointsman.dialect.habit.RequestFormat;

/// What a provider takes of requests for one model, in each of the dialects that it speaks.
///
/// @param chat in OpenAI's
/// @param responses in OpenAI's other one
/// @param messages in Anthropic's
public record SpokenHabits(Habits chat, Habits responses, Habits messages) {
    /// Those of whoever takes whatever it is asked.
    public static final SpokenHabits NONE = new SpokenHabits(Habits.NONE, Habits.NONE, Habits.NONE);

    static SpokenHabits of(HabitTable table, String provider, String model) {
        return new SpokenHabits(
                table.habits(provider, RequestFormat.CHAT, model),
                table.habits(provider, RequestFormat.RESPONSES, model),
                table.habits(provider, RequestFormat.MESSAGES, model));
    }

    /// Those of a dialect.
    Habits in(UpstreamDialect spoken) {
        return switch (spoken) {
            case OPENAI_CHAT, LLAMA_CPP -> chat;
            case OPENAI_RESPONSES -> responses;
            case ANTHROPIC_MESSAGES -> messages;
        };
    }
}
