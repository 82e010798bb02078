# docker build -t dressora . && docker run -p 80:80 -v dressora:/storage dressora
# Verbs run beside the server: docker exec <container> ./run.sh admin create --email you@example.org

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /dressora
COPY . .
RUN ./run.sh --build-only

# Without these two files the quick preview is off and everything else works, so that a registry that is away stops nothing.
FROM node:22-slim AS models
WORKDIR /dressora
COPY run.sh .
RUN mkdir models && (./run.sh --fetch-models models || true)

FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /dressora
COPY run.sh .
RUN ./run.sh --install-only && rm -rf /var/lib/apt/lists/*
COPY --from=build /dressora/.build/app .build/app
COPY --from=models --chown=app:app /dressora/models models
RUN mkdir --mode=700 /storage && chown app:app /storage
# A container lets anybody use port 80 (net.ipv4.ip_unprivileged_port_start is 0 in it); where it does not, set PORT=8080.
ENV PORT=80 Data=/storage ASPNETCORE_HTTP_PORTS=
USER app
VOLUME /storage
EXPOSE 80
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["./run.sh", "--healthy"]
ENTRYPOINT ["./run.sh"]
