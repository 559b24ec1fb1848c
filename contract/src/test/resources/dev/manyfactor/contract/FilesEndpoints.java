package generated.fixture;

import dev.manyfactor.context.Context;
import dev.manyfactor.web.Download;
import dev.manyfactor.web.Problem;
import dev.manyfactor.web.Upload;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// A shelf for scans and reports in a folder.
public final class FilesEndpoints implements FilesApi {
  private final Path folder;

  public FilesEndpoints(Path folder) {
    this.folder = folder;
  }

  /// The name that the client gave the file is told and never used: the digest names it.
  @Override
  public AddScan addScan(Context context, AddScan.Query query, AddScan.Form body) {
    String sha256 = HexFormat.of().formatHex(body.scan().sha256().toArray());
    if (!query.dry()) {
      keep(body.scan(), sha256);
    }
    String told =
        "%s of %s, %d bytes of %s, %d copies, %s, %s, %d pages, from %s, %d bytes of note"
            .formatted(
                body.title(),
                body.scan().fileName().orElse("no name"),
                body.scan().size(),
                body.scan().mediaType(),
                body.copies(),
                body.tags().map(List::toString).orElse("no tags"),
                body.colour().map(AddScanBodyColour::name).orElse("no colour"),
                body.pages().map(List::size).orElse(0),
                body.origin().map(Origin::device).orElse("nowhere"),
                body.note().map(Upload::size).orElse(0L));
    return new AddScan.Created(new Scan(sha256, told));
  }

  private void keep(Upload file, String name) {
    try (InputStream bytes = file.open()) {
      Files.copy(bytes, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException full) {
      throw new UncheckedIOException(full);
    }
  }

  @Override
  public GetScan getScan(Context context, String sha256) {
    Path scan = folder.resolve(sha256);
    if (!sha256.matches("[0-9a-f]{64}") || !Files.exists(scan)) {
      return new GetScan.NotFound(Problem.of(404, "no-such-scan", "no scan has this digest"));
    }
    Download download =
        Download.from("image/png", () -> Files.newInputStream(scan)).named(sha256 + ".png");
    return new GetScan.Ok(download.length(scan.toFile().length()), '"' + sha256 + '"');
  }

  @Override
  public ExportReports exportReports(Context context) {
    Download lines =
        Download.of(
            "text/csv; charset=utf-8",
            out -> {
              for (String report : Files.readAllLines(folder.resolve("reports"))) {
                out.text(report + "\n");
              }
            });
    return new ExportReports.Ok(lines.named("reports.csv"));
  }

  @Override
  public ReplaceReports replaceReports(Context context, Upload body) {
    keep(body, "reports");
    return new ReplaceReports.NoContent();
  }

  @Override
  public ReplaceCover replaceCover(Context context, Optional<Upload> body) {
    body.ifPresent(cover -> keep(cover, "cover"));
    return new ReplaceCover.NoContent();
  }

  @Override
  public AddBinder addBinder(Context context, AddBinder.Form body) {
    body.reports().forEach(report -> keep(report, body.label()));
    return new AddBinder.NoContent();
  }
}
