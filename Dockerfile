FROM maven:3-eclipse-temurin-25 AS build
WORKDIR /src
COPY pom.xml ./
COPY src ./src
COPY config ./config
COPY routes ./routes
RUN mvn -B -ntp package -DskipTests -Dspotless.check.skip \
 && java -Djarmode=tools -jar target/serai.jar extract --destination /app

FROM eclipse-temurin:25-jre
WORKDIR /app
COPY --from=build /app ./
COPY config ./config
COPY routes ./routes
RUN mkdir data && chown 10001:10001 data
USER 10001:10001
ENV DATA_DIR=/app/data MANAGEMENT_ADDRESS=0.0.0.0
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${PORT:-3000} && printf 'GET /health/ready HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && head -1 <&3 | grep -q ' 200'"]
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=70", "-XX:+ExitOnOutOfMemoryError", "-jar", "serai.jar"]
