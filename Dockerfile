# docker build -t mockgem . && docker run --rm -p 127.0.0.1:8090:8090 mockgem
# With options: docker run --rm -p 127.0.0.1:8090:8090 mockgem serve --host 0.0.0.0 --scenario overloaded
# With extras: docker build --build-arg EXTRAS=metrics,otel -t mockgem .
# The root file system may be read-only: docker run --read-only --tmpfs /tmp …
FROM python:3.13-slim
ARG EXTRAS=""
WORKDIR /src
COPY pyproject.toml README.md CHANGELOG.md LICENSE ./
COPY mockgem ./mockgem
COPY scenarios ./scenarios
# hadolint ignore=DL3013
RUN pip install --no-cache-dir ".${EXTRAS:+[$EXTRAS]}" && useradd --create-home --uid 10001 mockgem
USER 10001
WORKDIR /home/mockgem
EXPOSE 8090
HEALTHCHECK --interval=5s --timeout=3s --start-period=5s CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8090/_mockgem/health')"]
ENTRYPOINT ["mockgem"]
CMD ["serve", "--host", "0.0.0.0"]
