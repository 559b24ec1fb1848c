package dev.manyfactor.examples.payments;

import dev.manyfactor.examples.payments.contract.Customer;
import dev.manyfactor.service.Task;
import dev.manyfactor.service.TaskRun;
import java.io.PrintWriter;
import java.util.Locale;

/// Writes a tenant's customers to standard output as CSV (RFC 4180), as many as there are.
final class ExportCustomers implements Task<Task.NoOptions> {
  private final Customers customers;

  ExportCustomers(Customers customers) {
    this.customers = customers;
  }

  @Override
  public String summary() {
    return "writes the customers as CSV";
  }

  @Override
  public void run(TaskRun run, Task.NoOptions none) {
    PrintWriter out = run.out();
    out.print("id,email,name,country,tier,created_at\r\n");
    run.read(read -> {
      customers.each(read, customer -> out.print(line(customer)));
      return true;
    });
  }

  private static String line(Customer customer) {
    return String.join(
            ",",
            customer.id().toString(),
            field(customer.email()),
            field(customer.name()),
            field(customer.country()),
            customer.tier().name().toLowerCase(Locale.ROOT),
            customer.createdAt().toString())
        + "\r\n";
  }

  /// Quotes what a spreadsheet or a parser could misread, a leading formula sign included.
  private static String field(String text) {
    boolean formula = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0;
    String safe = formula ? "'" + text : text;
    boolean quote = safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
    return quote ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
  }
}
