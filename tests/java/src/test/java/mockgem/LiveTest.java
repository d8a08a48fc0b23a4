package mockgem;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.genai.AsyncSession;
import com.google.genai.types.Content;
import com.google.genai.types.LiveConnectConfig;
import com.google.genai.types.LiveSendClientContentParameters;
import com.google.genai.types.LiveServerMessage;
import com.google.genai.types.Modality;
import com.google.genai.types.Part;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Live sessions, which the SDK opens with TLS. MOCKGEM_CA_FILE names the certificate to trust. */
class LiveTest {
  /** Puts the certificate into a trust store, as `keytool -importcert` does. */
  @BeforeAll
  static void trustTheServer() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    try (InputStream file = Files.newInputStream(Path.of(System.getenv("MOCKGEM_CA_FILE")))) {
      store.setCertificateEntry(
          "mockgem", CertificateFactory.getInstance("X.509").generateCertificate(file));
    }
    Path path = Files.createTempFile("mockgem", ".p12");
    try (OutputStream file = Files.newOutputStream(path)) {
      store.store(file, "changeit".toCharArray());
    }
    System.setProperty("javax.net.ssl.trustStore", path.toString());
    System.setProperty("javax.net.ssl.trustStorePassword", "changeit");
    System.setProperty("javax.net.ssl.trustStoreType", "PKCS12");
  }

  static Queue<LiveServerMessage> talk(String model, Modality.Known modality) throws Exception {
    LiveConnectConfig config = LiveConnectConfig.builder().responseModalities(modality).build();
    AsyncSession session =
        GenaiTest.client().async.live.connect(model, config).get(60, TimeUnit.SECONDS);
    Queue<LiveServerMessage> messages = new ConcurrentLinkedQueue<>();
    CountDownLatch done = new CountDownLatch(1);
    session
        .receive(
            message -> {
              messages.add(message);
              if (message.serverContent().flatMap(one -> one.turnComplete()).orElse(false)) {
                done.countDown();
              }
            })
        .get(60, TimeUnit.SECONDS);
    Content turn = Content.builder().role("user").parts(Part.fromText("Hello there")).build();
    session
        .sendClientContent(
            LiveSendClientContentParameters.builder().turns(turn).turnComplete(true).build())
        .get(60, TimeUnit.SECONDS);
    assertTrue(done.await(60, TimeUnit.SECONDS));
    session.close().get(60, TimeUnit.SECONDS);
    return messages;
  }

  static boolean hasPart(LiveServerMessage message, java.util.function.Predicate<Part> isWanted) {
    return message
        .serverContent()
        .flatMap(content -> content.modelTurn())
        .flatMap(turn -> turn.parts())
        .map(parts -> parts.stream().anyMatch(isWanted))
        .orElse(false);
  }

  @Test
  void aTextSessionAnswers() throws Exception {
    Queue<LiveServerMessage> messages =
        talk("gemini-live-2.5-flash-preview", Modality.Known.TEXT);
    assertTrue(
        messages.stream().anyMatch(one -> hasPart(one, part -> part.text().isPresent())));
  }

  @Test
  void aSessionSpeaks() throws Exception {
    Queue<LiveServerMessage> messages =
        talk("gemini-2.5-flash-native-audio-preview-12-2025", Modality.Known.AUDIO);
    assertFalse(
        messages.stream()
            .filter(one -> hasPart(one, part -> part.inlineData().isPresent()))
            .toList()
            .isEmpty());
  }
}
