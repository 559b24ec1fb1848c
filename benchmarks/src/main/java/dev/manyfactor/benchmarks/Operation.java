package dev.manyfactor.benchmarks;

/// What is asked of a server.
enum Operation {
  /// Reads a payment by its id.
  GET("GET /v1/payments/{id}"),
  /// Opens a payment under a fresh key, together with the job that captures it.
  POST("POST /v1/payments"),
  /// Opens a payment and stores nothing else: what a handler without guarantees would do.
  POST_WITHOUT_KEY_AND_JOB("POST, without key and job");

  private final String title;

  Operation(String title) {
    this.title = title;
  }

  @Override
  public String toString() {
    return title;
  }
}
