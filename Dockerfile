# Built from this folder alone: docker build -t relay .
FROM docker.io/library/python:3.13-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_NO_COMPILE=1 PIP_PYTHON=/opt/relay/bin/python PIP_ROOT_USER_ACTION=ignore
WORKDIR /src
RUN python -m venv --without-pip /opt/relay
# What others made, by version and hash; this layer stays while only our own code changes.
COPY requirements.lock ./
RUN pip install --require-hashes -r requirements.lock
# Our own, packed by the pinned tools just installed, which then leave; `check` says whether anything misses them.
COPY pyproject.toml README.md LICENSE ./
COPY src ./src
COPY docs/sbom.py ./docs/
RUN pip install --no-deps --no-build-isolation . \
 && pip uninstall -y editables hatchling packaging pathspec pluggy trove-classifiers \
 && pip check \
 && /opt/relay/bin/python docs/sbom.py --installed > /opt/relay/sbom.cdx.json \
 && python -m compileall -q -j 0 --invalidation-mode unchecked-hash /opt/relay/lib

FROM docker.io/library/python:3.13-slim-bookworm
COPY --from=build /opt/relay /opt/relay
# From / the paths of a configuration (config/, feeds/, data/) are the volumes below.
WORKDIR /
ENV PATH=/opt/relay/bin:$PATH HOME=/data PYTHONUNBUFFERED=1 RELAY_CONFIG=/config/relay.toml
# The base has no compiled standard library: loading the daemon compiles what it needs, and from then on nothing writes beside code.
RUN install -d -o 10001 -g 10001 /config /feeds /data && relay run --help >/dev/null
ENV PYTHONDONTWRITEBYTECODE=1
USER 10001:10001
VOLUME ["/config", "/feeds", "/data"]
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s CMD ["relay", "health"]
ENTRYPOINT ["relay"]
CMD ["run"]
