//! The help: the one place where flags and environment are described.

/// What `mesa --help` says.
pub const HELP: &str = "\
Mesa Abierta: la mesa de diálogo, en vivo y guardada.

Uso: mesa ORDEN [OPCIONES]

Órdenes:
  serve               sirve la mesa a teléfonos, proyector y laptop
  demo                carga el ejercicio de ejemplo en un almacén vacío y muestra sus enlaces
  add-mesa            abre otra mesa del mismo ejercicio y muestra sus enlaces; también mientras sirve
  notice              publica el aviso de privacidad del ejercicio; también mientras sirve
  logo                pone o quita un logotipo del ejercicio; también mientras sirve
  admin link          da un enlace para crear un ejercicio; sirve una sola vez
  admin reset         da un enlace para que alguien elija otra frase; sirve 10 minutos y una vez
  link facilitator    da un enlace nuevo para quien facilita; los anteriores siguen sirviendo
  redact              tacha una frase en todo lo guardado, para siempre; también mientras sirve
  anonymise           borra el nombre, el correo y el teléfono de una persona; también mientras sirve
  verify              revisa que nada se haya alterado: recorre las cadenas, rehace las tablas y compara
  verify ARCHIVO      dice qué es un PDF: el plan firmado, el texto congelado, un borrador, otra cosa
  key show            muestra la llave pública con la que se sellan los documentos; también mientras
                      sirve. key replace la cambia por otra: lo firman las dos
  document pal        hace el Plan de Acción Local en PDF; también mientras sirve
  document minutes    hace la minuta de una mesa en PDF; document attendance, su lista de asistencia
  backup              copia todo lo guardado a un archivo; también mientras sirve
  restore             pone un respaldo donde todavía no hay nada, y lo revisa

Dónde se guarda (todas las órdenes):
  --data CARPETA        SQLite dentro de esta carpeta; se crea si falta   [MESA_DATA; data]
  --database-url URL    otra base de datos, como postgres://…             [MESA_DATABASE_URL]

serve:
  --addr IP:PUERTO      dónde escucha                                     [MESA_ADDR; 0.0.0.0:3000]
  --public-url URL      dirección pública detrás de un proxy con https    [MESA_PUBLIC_URL]
  --tls-cert ARCHIVO    certificado con su cadena (PEM): sirve con https   [MESA_TLS_CERT]
  --tls-key ARCHIVO     su llave (PEM). Los dos se leen otra vez al renovarse [MESA_TLS_KEY]
  --trusted-proxy RED,… direcciones o redes de los proxys a los que se les cree de quién es
                        cada solicitud (X-Forwarded-For, Forwarded)       [MESA_TRUSTED_PROXY]
  --per-address N       conexiones a la vez, y solicitudes por minuto sin haber entrado, de
                        una misma dirección; una sala entera es una sola  [MESA_PER_ADDRESS; 2000]
  --idle-hours N        horas sin uso tras las que hay que entrar otra vez a preparar o
                        conducir                                          [MESA_IDLE_HOURS; 12]
  --table-idle-days N   días sin uso tras los que sale un teléfono, ya acabado el periodo del
                        plan                                              [MESA_TABLE_IDLE_DAYS; 30]
  --metrics IP:PUERTO   cifras del servidor para Prometheus, en /metrics   [MESA_METRICS]
  --site CARPETA        el sitio compilado, en vez del incluido           [MESA_SITE]
  (correo)              por cuál servidor de correo se envían invitaciones, enlaces para elegir
                        otra frase y el plan; sin él no se envía nada     [MESA_SMTP_HOST]
                        el remitente: mesa@example.org, o con nombre, como
                        Mesa Abierta <mesa@example.org>                   [MESA_SMTP_FROM]
                        starttls, tls o none                  [MESA_SMTP_SECURITY; starttls]
                        el puerto: 587, 465 o 25 según lo anterior        [MESA_SMTP_PORT]
                        con qué entra, si lo pide     [MESA_SMTP_USER, MESA_SMTP_PASSWORD]
                        certificados en los que también se confía (PEM)   [MESA_SMTP_CA]
                        segundos que puede tardar en cada paso            [MESA_SMTP_TIMEOUT; 60]
  (sello de tiempo)     a cuál autoridad de sellado de tiempo (RFC 3161) se le pide, por cada plan
                        que se sella, que diga cuándo: http://… o https://…; sin ella
                        no se pide a nadie                                [MESA_TSA_URL]
                        certificado de la autoridad que responde por ella (PEM); sin él se
                        acepta a quien conteste                           [MESA_TSA_CA]
                        con qué entra, si lo pide, y solo con https
                                                  [MESA_TSA_USER, MESA_TSA_PASSWORD]
                        segundos que puede tardar en contestar            [MESA_TSA_TIMEOUT; 30]
  --announce            muestra las direcciones con su código QR y un enlace de facilitación

demo:
  --stage ETAPA         empty: ejercicio, mesa y lugares; live: también los ocho problemas;
                        agreed: también los cinco compromisos;            [live]
                        frozen: también la lectura, con la versión 1 congelada;
                        signed: también la conformidad y la firma, con el plan sellado
  --url URL             con qué empiezan los enlaces                      [http://localhost:3000]
  --json                los enlaces en JSON

add-mesa:
  --exercise ID         de cuál ejercicio; lo muestra demo --json (exercise_id)
  --theme TEXTO         el tema de la mesa nueva. Lleva el número que sigue, y los mismos
                        actores, lugares, cuota y periodo que las otras mesas
  --url URL             con qué empiezan los enlaces                      [http://localhost:3000]
  --json                los enlaces en JSON

notice:
  --short ARCHIVO       lo que se lee al entrar (aviso simplificado), texto
  --full ARCHIVO        el aviso integral, texto; una línea en blanco separa los párrafos.
                        Cada texto distinto es una versión nueva; las anteriores se guardan.
                        Se lee UTF-8, UTF-16 con marca y Windows-1252
  --exercise ID         de cuál ejercicio; hace falta si hay varios

logo:
  --place N             en qué lugar de la fila, de 1 a 8
  --file ARCHIVO        la imagen: PNG, JPEG o WebP, de 64 KiB como mucho; sin ella se quita
                        el logotipo que está en ese lugar
  --name TEXTO          de quién es; lo leen quienes no ven la imagen
  --exercise ID         de cuál ejercicio; hace falta si hay varios

admin link:
  --url URL             con qué empieza el enlace                         [http://localhost:3000]

admin reset:
  --mail CORREO         de quién
  --url URL             con qué empieza el enlace                         [http://localhost:3000]

link facilitator:
  --mesa ID             de cuál mesa; hace falta si hay varias
  --url URL             con qué empieza el enlace                         [http://localhost:3000]

redact:
  --text FRASE          lo que se tacha en textos, datos cortos, aportaciones y razones, donde
                        haya estado alguna vez, escrita como sea: con mayúsculas o sin ellas,
                        con otros espacios, entre dos renglones. Dice dónde más está y no se tocó.
                        Las copias de respaldo no se tocan
  --exercise ID         de cuál ejercicio; hace falta si hay varios

anonymise:
  --person ID           de quién; sin esto, dice quiénes hay
  --name NOMBRE         lo mismo, con su nombre completo tal como lo dio
  --exercise ID         de cuál ejercicio; hace falta si hay varios

verify ARCHIVO:
  --key LLAVE           la llave publicada: con ella basta el archivo, sin datos y sin red. Con
                        --data, o sin llave, se pregunta además en los datos
  --stamp ARCHIVO       el sello de tiempo (.tsr), que se comprueba también, sin red
  --stamp-ca ARCHIVO    certificado de la autoridad que responde por él (PEM) [MESA_TSA_CA]

document pal:
  --version N           cuál versión; sin esto, la última, o un borrador si no hay
  --public              la copia que se puede publicar: sin contactos, y nombres solo con permiso
  --exercise ID         de cuál ejercicio; hace falta si hay varios
  --url URL             la dirección que lleva para comprobarlo           [http://localhost:3000]
  --out ARCHIVO         el archivo nuevo

document minutes, document attendance:
  --mesa ID             de cuál mesa; hace falta si hay varias
  --out ARCHIVO         el archivo nuevo

backup:
  --to ARCHIVO          el archivo nuevo; solo su dueño puede leerlo
  --replace             si ya hay un archivo con ese nombre, lo reemplaza

restore:
  --from ARCHIVO        un archivo hecho con backup; no se toca. En --data se dice dónde queda

  -h, --help            esta ayuda
  -V, --version         la versión

Entorno: lo que está entre corchetes en mayúsculas; MESA_LOG elige el detalle del registro
(error, warn, info, debug).

Salida: 0 bien; 1 falló, verify o restore encontraron diferencias, o el archivo
no es lo que se entregó; 2 la orden está mal escrita;
3 demo encontró datos y no tocó nada.
";
