<?php
// Makes a new site with one person, and prints an application password of that person.
// usage: php wordpress.php FOLDER URL USER
[, $folder, $url, $user] = $argv;
define('WP_INSTALLING', true);
$_SERVER += ['HTTP_HOST' => parse_url($url, PHP_URL_HOST), 'SERVER_PROTOCOL' => 'HTTP/1.1', 'REQUEST_METHOD' => 'GET'];
require "$folder/www/wp-load.php";
require ABSPATH . 'wp-admin/includes/upgrade.php';
wp_install('Revue', $user, "$user@example.org", true, '', 'pw', 'fr_FR');
update_option('permalink_structure', '/%year%/%postname%/');
flush_rewrite_rules();
[$password] = WP_Application_Passwords::create_new_application_password(get_user_by('login', $user)->ID, ['name' => 'relay']);
echo "PASSWORD=$password\n";
