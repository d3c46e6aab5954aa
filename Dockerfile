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
 && pip uninstall -y editables hatchling pathspec pluggy trove-classifiers \
 && pip check \
 && /opt/relay/bin/python docs/sbom.py --installed > /opt/relay/sbom.cdx.json \
 && python -m compileall -q -j 0 --invalidation-mode unchecked-hash /opt/relay/lib
# The image is what this gathers, and nothing else: no shell, no package manager.
COPY deploy/image/gather.py ./
RUN python gather.py /image && mkdir /empty

FROM scratch
COPY --from=build /image /
# The paths of a configuration (config/, feeds/, data/) are these volumes, seen from /.
COPY --from=build --chown=10001:10001 /empty /config
COPY --from=build --chown=10001:10001 /empty /feeds
COPY --from=build --chown=10001:10001 /empty /data
WORKDIR /
ENV PATH=/opt/relay/bin:/usr/local/bin HOME=/data LANG=C.UTF-8 TZDIR=/opt/relay/lib/python3.13/site-packages/tzdata/zoneinfo \
    PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 RELAY_CONFIG=/config/relay.toml RELAY_LOG=auto
USER 10001:10001
VOLUME ["/config", "/feeds", "/data"]
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s CMD ["relay", "health"]
ENTRYPOINT ["relay"]
CMD ["run"]
