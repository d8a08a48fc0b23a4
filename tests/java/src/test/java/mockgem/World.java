package mockgem;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.UUID;

/** A separate world for a test, on the server that MOCKGEM_URL names. */
public class World {
  private static final ObjectMapper JSON = new ObjectMapper();
  public final String url;

  public World() {
    String server = System.getenv("MOCKGEM_URL");
    if (server == null) throw new IllegalStateException("run the tests with: mockgem run -- mvn test");
    url = server + "/w/java-" + UUID.randomUUID().toString().substring(0, 13);
  }

  public String openaiUrl() { return url + "/v1beta/openai/"; }

  /** Answers the next chat with a text, or with a map such as {@code Map.of("json", …)}. */
  public void say(Object reply) { addRule("say", reply); }

  /** Answers the next chat with an error: a name or a status. */
  public void fail(Object error) { addRule("fail", error); }

  public void runScenario(String name) { call("PUT", "/scenario", Map.of("name", name)); }

  /** Returns the requests and responses, in order. */
  public JsonNode journal() { return call("GET", "/journal", null).get("entries"); }

  /** Returns what the client did, compared with what the scenario expects. */
  public JsonNode verdict() { return call("GET", "/verdict", null); }

  private void addRule(String action, Object what) {
    call("POST", "/scenario/rules", Map.of(action, what, "when", Map.of("times", 1, "endpoint", "generate")));
  }

  private JsonNode call(String method, String path, Object body) {
    try {
      var content = body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body));
      var request = HttpRequest.newBuilder(URI.create(url + "/_mockgem" + path)).method(method, content);
      var response = HttpClient.newHttpClient().send(request.header("Content-Type", "application/json").build(), BodyHandlers.ofString());
      if (response.statusCode() >= 400) throw new IllegalArgumentException(response.body());
      return JSON.readTree(response.body());
    } catch (java.io.IOException | InterruptedException error) {
      throw new IllegalStateException(error);
    }
  }
}
