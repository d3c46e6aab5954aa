"""Traces for an OpenTelemetry collector (OTLP over HTTP); loaded only where one is named."""
