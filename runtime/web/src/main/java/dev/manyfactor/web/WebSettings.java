package dev.manyfactor.web;

import dev.manyfactor.config.Default;
import dev.manyfactor.config.Description;
import java.util.Optional;

/// Where a process listens; declared without a prefix, so `PORT`, `HOST`, `MANAGEMENT_PORT`,
/// `RESPONSE_CHECK` and `WEB_CONCURRENCY`, `WEB_CONNECTIONS`, ….
///
/// @param port of the API, 0 for any free one
/// @param host the address to listen on; all addresses if unset
/// @param managementPort of the probes, the metrics and the info, 0 for any free one; if unset, the
///   API's port serves the probes and nothing serves the rest
/// @param responseCheck whether each answer is read once more before it is sent
/// @param web bounds of the API's server
public record WebSettings(
    @Default("8080") @Description("the port of the API") int port,
    @Description("the address to listen on, by default every address") Optional<String> host,
    @Description("the port of probes, metrics and info") Optional<Integer> managementPort,
    @Default("false")
        @Description("whether to read each answer once more and send 500 if it breaks the contract")
        boolean responseCheck,
    WebLimits web) {

  /// Without a check of the answers.
  public WebSettings(
      int port, Optional<String> host, Optional<Integer> managementPort, WebLimits web) {
    this(port, host, managementPort, false, web);
  }

  public WebSettings {
    checkPort("port", port);
    managementPort.ifPresent(value -> checkPort("managementPort", value));
    if (port != 0 && managementPort.filter(other -> other == port).isPresent()) {
      throw new IllegalArgumentException(
          "managementPort must differ from port but both are " + port);
    }
  }

  /// Where the API listens.
  public Address address() {
    return new Address("PORT", host, port);
  }

  /// Where the management server listens, if there is one.
  public Optional<Address> managementAddress() {
    return managementPort.map(value -> new Address("MANAGEMENT_PORT", host, value));
  }

  private static void checkPort(String name, int value) {
    if (value < 0 || value > 65_535) {
      throw new IllegalArgumentException(name + " must be 0 to 65535 but is " + value);
    }
  }
}
