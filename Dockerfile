# The bot in a container: docs/hosting/container.md.
FROM python:3.11-slim-bookworm AS base
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libfribidi0 \
    && rm -rf /var/lib/apt/lists/*

FROM base AS made
COPY . /source
RUN sh /source/tools/image.sh /app

FROM base
RUN useradd --system --uid 10001 --no-create-home oneshot && install -d -o oneshot -g oneshot -m 700 /data
COPY --from=made /app /app
WORKDIR /app
USER 10001
ENV PATH=/app/.venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1 \
    DATABASE=/data/oneshot.db BACKUPS=/data/backups STORIES_DIR=/stories
VOLUME /data
# Docker gives it five minutes for a first load of the stories, and asks sooner whether it is over.
HEALTHCHECK --interval=30s --timeout=10s --start-period=5m --retries=3 CMD ["python", "-m", "bot", "status"]
ENTRYPOINT ["python", "-m", "bot"]
