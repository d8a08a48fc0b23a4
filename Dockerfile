# docker build -t mockgem . && docker run --rm -p 127.0.0.1:8090:8090 mockgem
# With options: docker run --rm -p 127.0.0.1:8090:8090 mockgem serve --host 0.0.0.0 --scenario overloaded
FROM python:3.13-slim
WORKDIR /src
COPY pyproject.toml README.md CHANGELOG.md LICENSE ./
COPY mockgem ./mockgem
COPY scenarios ./scenarios
RUN pip install --no-cache-dir . && useradd --create-home --uid 10001 mockgem
USER 10001
WORKDIR /home/mockgem
EXPOSE 8090
HEALTHCHECK --interval=5s --timeout=3s --start-period=5s CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8090/_mockgem/health')"]
ENTRYPOINT ["mockgem"]
CMD ["serve", "--host", "0.0.0.0"]
