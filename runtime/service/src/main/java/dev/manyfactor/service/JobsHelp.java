package dev.manyfactor.service;

/// How the command `jobs` is used.
final class JobsHelp {

  private JobsHelp() {}

  static String of(String service) {
    return """
    usage: java -jar %1$s.jar jobs [WHAT]

    looking
      queues               how each queue is; also without WHAT
      list                 jobs, the dead ones first
      show ID              all that is stored of one job, with its failures

    doing; jobs are named by their ids, or chosen by --all and a filter
      retry ID… | --all    makes dead letters due again
      drop ID… | --all     forgets dead letters
      cancel ID… | --all   makes jobs dead letters; one that runs is interrupted and leaves no effect
      pause QUEUE…         lets nobody take a job of these queues; what runs comes to its end
      resume QUEUE…        ends that

    options
      --kind QUEUE         only jobs of this queue
      --tenant TENANT      only jobs of this tenant
      --state STATES       only jobs in these states: dead, running, due, later (list and cancel)
      --limit N            how many are listed, 1 to 1000; default: 50
      --json               the answer as JSON

    examples
      java -jar %1$s.jar jobs
      java -jar %1$s.jar jobs list --state dead --tenant acme
      java -jar %1$s.jar jobs retry --all --kind capture.requested
      java -jar %1$s.jar jobs cancel 0193f5a2-7c1e-7b3a-9d41-2f6f0c1a5e77

    exit codes: 64 wrong usage, 66 no such job or queue, 69 the database does not answer, 75 not now:
    a living job has the unique key, or the job that is cancelled still runs; 78 a wrong environment
    """
        .formatted(service);
  }
}
