# Isnad in a small image: no root, nothing written but /data.
#
#   docker build -t isnad .
#   docker run -it --rm isnad                                  # a conversation in the terminal
#   docker run -d --env-file .env -v isnad:/data -v ./documents:/documents:ro isnad
FROM python:3.12-slim AS build
RUN pip install --no-cache-dir uv
WORKDIR /isnad
COPY pyproject.toml README.md LICENSE ./
COPY rag rag
COPY bot bot
RUN uv sync --no-dev --no-editable

FROM python:3.12-slim
RUN useradd --uid 10001 --home-dir /data --create-home --shell /usr/sbin/nologin isnad
COPY --from=build /isnad/.venv /isnad/.venv
COPY seeds /documents
ENV PATH=/isnad/.venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    OPENBLAS_NUM_THREADS=1 \
    DOCUMENTS_DIR=/documents \
    DATA_DIR=/data \
    HTTP_PORT=8080
WORKDIR /data
VOLUME /data
USER isnad
EXPOSE 8080 8443
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8080/healthz', timeout=4)"]
ENTRYPOINT ["bot"]
