# syntax=docker/dockerfile:1
# Everything is done by deploy/image-steps, which deploy/rehearse walks too, without Docker.
FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /src
COPY pom.xml ./
COPY src ./src
COPY config ./config
COPY routes ./routes
RUN ["mvn", "-B", "-ntp", "package", "-DskipTests", "-Dspotless.check.skip"]
COPY deploy ./deploy
RUN ["deploy/image-steps", "layers", "target/serai.jar", "/layers"]
RUN ["deploy/image-steps", "tools", "/tools"]

# One folder a layer: what rarely changes lies below.
FROM eclipse-temurin:25-jre-noble AS app
# the embedded PostgreSQL refuses a user without a name
RUN ["groupadd", "--gid", "10001", "serai"]
RUN ["useradd", "--uid", "10001", "--gid", "10001", "--no-create-home", "--home-dir", "/app", "--shell", "/usr/sbin/nologin", "serai"]
WORKDIR /app
COPY --from=build /layers/dependencies ./
COPY --from=build /layers/snapshot-dependencies ./
COPY --from=build /layers/application ./
COPY config ./config
COPY routes ./routes
COPY deploy/java-options ./

# The AOT cache belongs to this very Java and these very files, so it is made on top of them; not as root, for the
# embedded PostgreSQL then needs no rights that a build may lack.
FROM app AS train
COPY --from=build /tools /tools
COPY deploy/image-steps /deploy/image-steps
RUN ["chown", "10001:10001", "/app"]
USER 10001:10001
RUN ["/deploy/image-steps", "train", "/tools", "/app"]

FROM app
COPY --from=train /app/serai.aot ./
COPY --from=build /tools/Ready.class /tools/Ready.class
RUN ["install", "-d", "-o", "10001", "-g", "10001", "-m", "0700", "/app/data"]
USER 10001:10001
ENV PORT=3000 DATA_DIR=/app/data MANAGEMENT_ADDRESS=0.0.0.0
EXPOSE 3000
VOLUME /app/data
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --start-interval=1s --retries=3 \
  CMD ["java", "-Xmx16m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", "/tools", "Ready"]
ENTRYPOINT ["java", "@java-options", "-jar", "serai.jar"]
