package dev.manyfactor.config;

/// A component of a settings record: one variable, or a record of variables.
sealed interface Part permits Setting, SettingsRecord {}
