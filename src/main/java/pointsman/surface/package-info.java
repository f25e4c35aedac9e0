/// Further surfaces of OpenAI's API (images, sound, moderation, reranking), which pass to the
/// provider of the model that the client names, and are booked in units of their own.
@NullMarked
package pointsman.surface;

import org.jspecify.annotations.NullMarked;
