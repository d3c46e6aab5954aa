"""The polling contract, rule by rule, against any feed reader that has an adapter here."""
