package dev.manyfactor.faults;

/// One client's session with PostgreSQL, through a proxy.
///
/// @param number counts the sessions of a proxy from 1
/// @param application the `application_name` it began with; empty when it has none
/// @param backend the process of the server, as in `pg_stat_activity`; 0 before the login is over
public record PostgresSession(long number, String application, int backend) {}
