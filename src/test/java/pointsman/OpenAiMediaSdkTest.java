package pointsman;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.MultipartField;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.models.audio.speech.SpeechCreateParams;
import com.openai.models.audio.transcriptions.TranscriptionCreateParams;
import com.openai.models.images.ImageGenStreamEvent;
import com.openai.models.images.ImageGenerateParams;
import com.openai.models.moderations.ModerationCreateParams;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.extension.TestWatcher;
import pointsman.testing.ClientTable;
import pointsman.testing.Gateway;
import pointsman.testing.MediaProvider;

/// The official Java SDK's images, sound and moderation, unchanged but for its base URL.
@Timeout(60)
class OpenAiMediaSdkTest {
    @RegisterExtension
    static final TestWatcher COUNTED = ClientTable.counting("openai-java", "openai-java.version");

    @AutoClose
    private static final MediaProvider MEDIA = MediaProvider.start();

    @AutoClose
    private static final Gateway GATEWAY = Gateway.with(
            "pointsman.providers.openai.base-url=" + MEDIA.baseUrl(),
            "pointsman.providers.openai.api-keys=" + MediaProvider.KEY);

    private final OpenAIClient client = OpenAIOkHttpClient.builder()
            .baseUrl(GATEWAY.uri("/v1").toString())
            .apiKey("any")
            .maxRetries(0)
            .build();

    @Test
    void anImageIsDrawn() {
        var images = client.images().generate(image("gpt-image-1"));

        assertThat(images.data().orElseThrow()).hasSize(2);
        assertThat(images.usage().orElseThrow().outputTokens()).isEqualTo(250);
    }

    @Test
    void anImageComesAsEvents() {
        try (var events = client.images().generateStreaming(image("gpt-image-1"))) {
            assertThat(events.stream()).anyMatch(ImageGenStreamEvent::isGenerationCompleted);
        }
    }

    @Test
    void aRecordingIsTranscribed() {
        var answer = client.audio()
                .transcriptions()
                .create(recording().model("whisper-1").build());

        assertThat(answer.asTranscription().text()).isEqualTo(MediaProvider.TRANSCRIPT);
    }

    @Test
    void aTextIsSpoken() throws Exception {
        var params = SpeechCreateParams.builder()
                .model("tts-1")
                .voice(SpeechCreateParams.Voice.UnionMember1.ALLOY)
                .input("hello")
                .build();

        try (var speech = client.audio().speech().create(params);
                InputStream body = speech.body()) {
            assertThat(body.readAllBytes()).isEqualTo(MediaProvider.sound());
        }
    }

    @Test
    void aTextIsJudgedByTheProvidersOwnModel() {
        var judged = client.moderations()
                .create(ModerationCreateParams.builder().input("I hate you").build());

        assertThat(judged.results()).hasSize(1);
    }

    @Test
    void aModelThatIsNotThereIsANotFoundException() {
        var error = catchThrowableOfType(
                NotFoundException.class, () -> client.images().generate(image("my-typo")));

        assertThat(error.code()).contains("model_not_found");
    }

    @Test
    void aRouteIsABadRequestException() {
        var error = catchThrowableOfType(
                BadRequestException.class, () -> client.images().generate(image("auto")));

        assertThat(error.param()).contains("model");
    }

    private static ImageGenerateParams image(String model) {
        return ImageGenerateParams.builder().model(model).prompt("a fox").n(2).build();
    }

    private static TranscriptionCreateParams.Builder recording() {
        return TranscriptionCreateParams.builder()
                .file(MultipartField.<InputStream>builder()
                        .value(new ByteArrayInputStream(new byte[] {'R', 'I', 'F', 'F', 13, 10, 0}))
                        .filename("speech.wav")
                        .build());
    }
}
