package dev.manyfactor.service;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one logger of this module.
final class Log {
  static final Logger LOG = LoggerFactory.getLogger("dev.manyfactor.service");

  private Log() {}
}
