package mockgem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.genai.Client;
import com.google.genai.errors.ClientException;
import com.google.genai.types.CreateFileSearchStoreConfig;
import com.google.genai.types.CustomMetadata;
import com.google.genai.types.DeleteDocumentConfig;
import com.google.genai.types.DeleteFileSearchStoreConfig;
import com.google.genai.types.Document;
import com.google.genai.types.File;
import com.google.genai.types.FileSearch;
import com.google.genai.types.FileSearchStore;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.GroundingChunk;
import com.google.genai.types.GroundingChunkRetrievedContext;
import com.google.genai.types.ImportFileConfig;
import com.google.genai.types.ImportFileOperation;
import com.google.genai.types.Tool;
import com.google.genai.types.UploadFileConfig;
import com.google.genai.types.UploadToFileSearchStoreConfig;
import com.google.genai.types.UploadToFileSearchStoreOperation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** File search with the Java SDK: a store, its documents, answers that cite them, deletion. */
class FileSearchTest {
  Client client;
  String store;

  @BeforeEach
  void createStore() {
    client = GenaiTest.client();
    CreateFileSearchStoreConfig config = CreateFileSearchStoreConfig.builder().displayName("Atlas").build();
    store = client.fileSearchStores.create(config).name().get();
    upload("Paris is the capital of France. The Eiffel Tower is a landmark.");
    importFile("Berlin is the capital of Germany. The Fernsehturm is a landmark.", 2025);
  }

  /** Uploads a document. Version 2.0 of the SDK sends neither its title nor its metadata. */
  void upload(String text) {
    UploadToFileSearchStoreConfig config =
        UploadToFileSearchStoreConfig.builder().mimeType("text/plain").build();
    byte[] data = text.getBytes(StandardCharsets.UTF_8);
    UploadToFileSearchStoreOperation operation =
        client.fileSearchStores.uploadToFileSearchStore(store, data, config);
    for (int polls = 0; !operation.done().orElse(false); polls++) {
      assertTrue(polls < 100, "the upload does not end");
      operation = client.operations.get(operation, null);
    }
    assertTrue(operation.response().get().documentName().get().startsWith(store));
  }

  void importFile(String text, float year) {
    byte[] data = text.getBytes(StandardCharsets.UTF_8);
    UploadFileConfig plain = UploadFileConfig.builder().mimeType("text/plain").displayName("berlin.txt").build();
    File file = client.files.upload(data, plain);
    CustomMetadata fact = CustomMetadata.builder().key("year").numericValue(year).build();
    ImportFileConfig config = ImportFileConfig.builder().customMetadata(fact).build();
    ImportFileOperation operation = client.fileSearchStores.importFile(store, file.name().get(), config);
    for (int polls = 0; !operation.done().orElse(false); polls++) {
      assertTrue(polls < 100, "the import does not end");
      operation = client.operations.get(operation, null);
    }
  }

  GenerateContentResponse ask(String question, FileSearch search) {
    Tool tool = Tool.builder().fileSearch(search).build();
    GenerateContentConfig config = GenerateContentConfig.builder().tools(tool).build();
    return client.models.generateContent(GenaiTest.MODEL, question, config);
  }

  static GroundingChunkRetrievedContext source(GenerateContentResponse answer) {
    List<GroundingChunk> chunks = answer.candidates().get().get(0).groundingMetadata().get().groundingChunks().get();
    return chunks.get(0).retrievedContext().get();
  }

  @Test
  void theAnswerCitesTheDocument() {
    for (String city : List.of("France", "Germany")) {
      FileSearch search = FileSearch.builder().fileSearchStoreNames(store).build();
      GenerateContentResponse answer = ask("What is the capital of " + city + "?", search);
      assertTrue(answer.text().endsWith(" is the capital of " + city + "."), answer.text());
      assertEquals(store, source(answer).fileSearchStore().get());
      assertTrue(source(answer).text().get().startsWith(answer.text()));
    }
  }

  @Test
  void metadataSelectsDocuments() {
    FileSearch search =
        FileSearch.builder().fileSearchStoreNames(store).metadataFilter("year = 2025").build();
    GenerateContentResponse answer = ask("Which landmark is in Paris?", search);
    assertTrue(source(answer).text().get().startsWith("Berlin"));
    assertEquals("year", source(answer).customMetadata().get().get(0).key().get());
  }

  @Test
  void documentsAreListedAndDeleted() {
    List<String> names = new ArrayList<>();
    for (Document document : client.fileSearchStores.documents.list(store, null)) {
      names.add(document.name().get());
    }
    assertEquals(2, names.size());
    DeleteDocumentConfig force = DeleteDocumentConfig.builder().force(true).build();
    for (String name : names) {
      client.fileSearchStores.documents.delete(name, force);
    }
    FileSearchStore empty = client.fileSearchStores.get(store, null);
    assertEquals(0L, empty.activeDocumentsCount().orElse(0L));
  }

  /** The SDK does not throw if a deletion is refused. */
  @Test
  void aStoreWithDocumentsIsDeletedWithForceOnly() {
    client.fileSearchStores.delete(store, null);
    assertEquals(2L, client.fileSearchStores.get(store, null).activeDocumentsCount().get());
    DeleteFileSearchStoreConfig force = DeleteFileSearchStoreConfig.builder().force(true).build();
    client.fileSearchStores.delete(store, force);
    assertThrows(ClientException.class, () -> client.fileSearchStores.get(store, null));
    FileSearch search = FileSearch.builder().fileSearchStoreNames(store).build();
    assertThrows(ClientException.class, () -> ask("Anything?", search));
  }
}
